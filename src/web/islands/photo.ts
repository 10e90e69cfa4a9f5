/** A photo on a phone before it is sent: turned and cropped on the spot. What cannot be shown is sent as it is. */
import { element, icon, island } from './dom.ts';

/** Neither side of what is sent is longer: sharp for a sheet of paper, and small for a slow line. */
const LONGEST = 3_000;
/** Neither side of what is shown is. */
const SHOWN = 900;
/** Smaller than this there is nothing to cut off. */
const SMALL = 200;
/** By so much an arrow moves a corner. */
const STEP = 0.02;
const LEAST = 0.1;

interface Crop {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
const WHOLE: Crop = { left: 0, top: 0, right: 1, bottom: 1 };
type Side = keyof Crop;
const CORNERS: readonly (readonly [Side, Side])[] = [
  ['left', 'top'],
  ['right', 'top'],
  ['left', 'bottom'],
  ['right', 'bottom'],
];
const between = (low: number, value: number, high: number): number => Math.min(Math.max(value, low), high);

/** Draws a part of a picture after it was turned by quarters. */
function drawn(picture: ImageBitmap, quarters: number, crop: Crop, longest: number): HTMLCanvasElement {
  const isTurned = quarters % 2 === 1;
  const [width, height] = isTurned ? [picture.height, picture.width] : [picture.width, picture.height];
  const [across, down] = [(crop.right - crop.left) * width, (crop.bottom - crop.top) * height];
  const scale = Math.min(1, longest / Math.max(across, down));
  const canvas = element('canvas');
  canvas.width = Math.max(1, Math.round(across * scale));
  canvas.height = Math.max(1, Math.round(down * scale));
  const pen = canvas.getContext('2d');
  pen?.scale(scale, scale);
  pen?.translate(width / 2 - crop.left * width, height / 2 - crop.top * height);
  pen?.rotate((quarters * Math.PI) / 2);
  pen?.drawImage(picture, -picture.width / 2, -picture.height / 2);
  return canvas;
}

/** The picture that was chosen, and what is done to it. */
class Photo {
  readonly #picture: ImageBitmap;
  readonly #stage = element('div', { class: 'photo-stage' });
  readonly #frame = element('div', { class: 'photo-frame' });
  readonly view: HTMLElement;
  #quarters = 0;
  #crop = WHOLE;
  /** Whether it differs from what was chosen. */
  changed = false;

  constructor(picture: ImageBitmap, { turn = '', hint = '', corners = '' }: DOMStringMap) {
    this.#picture = picture;
    const names = corners.split('|');
    for (const [at, sides] of CORNERS.entries()) this.#frame.append(this.#corner(sides, names[at] ?? ''));
    const rotate = element('button', { type: 'button', class: 'kern-btn kern-btn--secondary' });
    rotate.append(
      icon('M40 24a16 16 0 1 1-5-11.6M36 4v9h-9'),
      element('span', { class: 'kern-label' }, turn),
    );
    rotate.addEventListener('click', () => {
      this.#quarters = (this.#quarters + 1) % 4;
      const { left, top, right, bottom } = this.#crop;
      this.#set({ left: 1 - bottom, top: left, right: 1 - top, bottom: right });
      this.#show();
    });
    this.view = element('div', { class: 'photo' }, this.#stage, element('p', {}, hint), rotate);
    this.#show();
  }

  /** @returns the picture as it is to be sent */
  async file(): Promise<File> {
    const canvas = drawn(this.#picture, this.#quarters, this.#crop, LONGEST);
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.9));
    if (made === null) throw new Error('no picture');
    return new File([made], 'foto.jpg', { type: 'image/jpeg' });
  }

  #show(): void {
    const canvas = drawn(this.#picture, this.#quarters, WHOLE, SHOWN);
    this.#stage.replaceChildren(canvas, this.#frame);
  }

  #set(crop: Crop): void {
    this.#crop = crop;
    this.changed = true;
    for (const [side, value] of Object.entries(crop))
      this.#frame.style.setProperty(`--${side}`, String(value));
  }

  /** Moves one corner, never so far that nothing is left. */
  #move(sides: readonly [Side, Side], x: number, y: number): void {
    const crop = { ...this.#crop };
    for (const [side, value] of [
      [sides[0], x],
      [sides[1], y],
    ] as const) {
      if (side === 'left') crop.left = between(0, value, crop.right - LEAST);
      else if (side === 'right') crop.right = between(crop.left + LEAST, value, 1);
      else if (side === 'top') crop.top = between(0, value, crop.bottom - LEAST);
      else crop.bottom = between(crop.top + LEAST, value, 1);
    }
    this.#set(crop);
  }

  #corner(sides: readonly [Side, Side], name: string): HTMLElement {
    const handle = element('button', {
      type: 'button',
      class: `photo-corner ${sides.join(' ')}`,
      'aria-label': name,
    });
    handle.addEventListener('pointerdown', (event) => handle.setPointerCapture(event.pointerId));
    handle.addEventListener('pointermove', ({ pointerId, clientX, clientY }) => {
      if (!handle.hasPointerCapture(pointerId)) return;
      const { x, y, width, height } = this.#stage.getBoundingClientRect();
      this.#move(sides, (clientX - x) / width, (clientY - y) / height);
    });
    const [across, down] = sides;
    handle.addEventListener('keydown', (event) => {
      const step = {
        ArrowLeft: [-STEP, 0],
        ArrowRight: [STEP, 0],
        ArrowUp: [0, -STEP],
        ArrowDown: [0, STEP],
      }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.#move(sides, this.#crop[across] + (step[0] ?? 0), this.#crop[down] + (step[1] ?? 0));
    });
    return handle;
  }
}

function photo(host: HTMLElement): void {
  const inputs = [...host.querySelectorAll('input')];
  let now: { photo: Photo; input: HTMLInputElement } | undefined;
  let isOurs = false;
  /** Gives the field a file as if it had been chosen there. */
  const give = (input: HTMLInputElement, file: File): void => {
    const files = new DataTransfer();
    files.items.add(file);
    input.files = files.files;
  };
  const tell = (input: HTMLInputElement): void => {
    isOurs = true;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    isOurs = false;
    host.toggleAttribute('data-chosen', (input.files?.length ?? 0) > 0);
  };
  // Before the field looks at its size: a photo becomes smaller here.
  host.addEventListener(
    'change',
    async (event) => {
      const input = event.target;
      const file = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
      if (isOurs || !(input instanceof HTMLInputElement) || file === undefined) return;
      event.stopImmediatePropagation();
      now?.photo.view.remove();
      now = undefined;
      for (const other of inputs) if (other !== input) other.value = '';
      try {
        const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
        if (Math.min(picture.width, picture.height) < SMALL) throw new Error('nothing to crop');
        const shown = new Photo(picture, host.dataset);
        now = { photo: shown, input };
        if (file.size > Number(input.parentElement?.dataset.max)) give(input, await shown.file());
        host.prepend(shown.view);
      } catch {
        // No picture, or none that this phone can show.
      }
      tell(input);
    },
    true,
  );
  host.closest('form')?.addEventListener('submit', (event) => {
    const shown = now;
    if (shown === undefined || !shown.photo.changed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    void (async () => {
      give(shown.input, await shown.photo.file());
      shown.photo.changed = false;
      host.closest('form')?.requestSubmit(submitter);
    })();
  });
}

export function definePhoto(): void {
  island('am-photo', photo);
}
