/** What pages are built from. */
export { Alert, ErrorSummary, ErrorText, fieldId, type Tone } from './alert.tsx';
export { Actions, Button, type ButtonKind, LinkButton } from './button.tsx';
export { BigCode, Card, EmptyState, Figure, NextSteps, PlaceCard } from './card.tsx';
export { Gallery, type GalleryItem } from './gallery.tsx';
export { Pictogram } from './pictogram.tsx';
export { Countdown, Path, Waits } from './progress.tsx';
export { QrCode } from './qr-code.tsx';
export { SummaryList } from './summary.tsx';
export { type Column, Table } from './table.tsx';
export { Facts, SearchField, Tile, Tiles } from './tile.tsx';
