import { type SizeWords, slopeUnit } from '@hyperlaw/report';

/** How claims about width speak. */
export const WIDTH_WORDS: SizeWords = { size: 'width', more: 'wider' };

/** What slopes are in. */
export const UNIT = slopeUnit(WIDTH_WORDS);
