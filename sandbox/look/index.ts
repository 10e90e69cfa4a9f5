/** The look that all stand-ins share. */
export { STYLE, standInPage } from './page.tsx';
