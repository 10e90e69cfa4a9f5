/** The test lab, counting: facts without a person. Only names and values from the lists below get in. */
export { count, type Measure, type MeasureName, type MeasureWriter } from './measure.ts';
