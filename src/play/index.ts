/** Plays example journeys against a running office as an ordinary HTTP client: plain forms, no script. */
export { houseOf } from './adapt.ts';
export { type Answered, type ClientOptions, createClient, type HttpClient, type Observed } from './client.ts';
export { type PageForm, readForms } from './form.ts';
export { findAll, type HtmlElement, parseHtml, textOf } from './html.ts';
export { type PlayOptions, type PlayOutcome, playJourney, playSteps } from './play.ts';
export { sampleFile } from './samples.ts';
