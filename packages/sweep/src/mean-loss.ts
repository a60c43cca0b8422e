/** The mean loss over seeds; null where there are none or any has no loss. */
export function meanLoss(losses: readonly { readonly loss: number | null }[]): number | null {
  let sum = 0;
  for (const { loss } of losses) {
    if (loss === null) return null;
    sum += loss;
  }
  return losses.length > 0 ? sum / losses.length : null;
}
