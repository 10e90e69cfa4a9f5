import { type Html, raw } from './jsx/jsx-runtime.ts';

/** More than any part has in an office; what comes after that is made each time, so that memory has an end. */
const MOST = 500;

/**
 * A component whose HTML is made once for equal properties: for what stands on every page.
 * @param keyOf tells equal properties apart from others; nothing about a person may be in them, for it is kept
 */
export function remembered<P>(keyOf: (props: P) => string, part: (props: P) => Html): (props: P) => Html {
  const known = new Map<string, Html>();
  return (props) => {
    const key = keyOf(props);
    const found = known.get(key);
    if (found !== undefined) return found;
    // One flat text instead of the many small ones it was put together from: it is copied into page after page.
    const made = raw(Buffer.from(part(props).text).toString());
    if (known.size < MOST) known.set(key, made);
    return made;
  };
}
