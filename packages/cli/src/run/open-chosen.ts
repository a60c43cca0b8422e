import { type Device, openCpu } from '@hyperlaw/engine';

export async function openChosen(_kind: string): Promise<Device> {
  return openCpu();
}
