/** A larger picture is refused before it is decoded: 100 megapixels are an A4 page at 1000 dpi. */
export const MAX_MEGAPIXELS = 100;
/** No letter has more. */
export const MAX_PAGES = 500;
