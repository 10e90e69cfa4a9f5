/** Texts go to translators outside and come back, as XLIFF 1.2; nothing of it is written that is not right as a whole. */
export { XliffError } from './names.ts';
export { readXliff } from './read.ts';
export { type Change, type Verdicts, weigh } from './weigh.ts';
export { writeXliff } from './write.ts';
export { withSeen, withTexts } from './yaml.ts';
