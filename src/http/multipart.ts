/**
 * Forms with files (RFC 7578), as browsers write them. Read piece by piece as they arrive, and given up at the first sign
 * that they are something else, or more than a form of ours can be: what comes after is not looked at.
 */

/** More fields than any page of ours has, more files than anybody chooses on one: somebody is probing. */
export const MOST_PARTS = { fields: 500, files: 50 };

/** A body that is no form, or not one that a browser writes. */
export class UnreadableFormError extends Error {}

/** A form with more in it than it may have. */
export class OverfullFormError extends Error {}

/** One field of a form, or one file. */
export interface Part {
  name: string;
  /** The file's name as the browser sent it, may be empty; undefined for a field. */
  filename: string | undefined;
  content: Buffer;
}

/** How much a form may hold. */
export interface PartLimits {
  fields: number;
  files: number;
  /** Of all fields and names together, in bytes. */
  text: number;
  /** Of the files: without it they are told by their names only, and nothing of them is kept. */
  keepFiles: boolean;
}

/** Where one part ends, and its lines. */
const LINE = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');
/** The lines before a part's content: its name, its file's name, its media type. */
const HEAD_BYTES = 4_096;
/** RFC 2046, 5.1.1. */
const LONGEST_BOUNDARY = 70;
const DISPOSITION = /^content-disposition: *form-data; *name="([^"\r\n]*)"(?:; *filename="([^"\r\n]*)")?/im;

/** @returns the text between two parts, or undefined where the header names none that could be */
function boundaryOf(contentType: string): string | undefined {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  return boundary !== undefined && boundary.length <= LONGEST_BOUNDARY ? boundary : undefined;
}

/** Undoes what browsers do to names (HTML Standard, multipart/form-data encoding algorithm). */
const plainName = (name: string): string =>
  name.replace(/%0D/gi, '\r').replace(/%0A/gi, '\n').replace(/%22/g, '"');

/** Grows by doubling: however small the pieces are that somebody sends, they are copied a few times and held once. */
class Growing {
  #bytes = Buffer.alloc(0);
  #length = 0;

  add(piece: Buffer): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#bytes.length));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    piece.copy(this.#bytes, this.#length);
    this.#length = length;
  }

  whole(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}

type Stage = 'content' | 'after' | 'head' | 'end';

class PartReader {
  readonly parts: Part[] = [];
  readonly #limits: PartLimits;
  readonly #delimiter: Buffer;
  /** The first part's boundary may stand at the very beginning. */
  #rest: Buffer = LINE;
  #stage: Stage = 'content';
  #part: Omit<Part, 'content'> | undefined;
  #content = new Growing();
  #text = 0;
  #fields = 0;
  #files = 0;

  constructor(boundary: string, limits: PartLimits) {
    this.#limits = limits;
    this.#delimiter = Buffer.from(`\r\n--${boundary}`);
  }

  get ended(): boolean {
    return this.#stage === 'end';
  }

  push(piece: Uint8Array): void {
    this.#rest = Buffer.concat([this.#rest, piece]);
    while (this.#step());
  }

  /** @returns whether there may be more to read in what is here */
  #step(): boolean {
    if (this.#stage === 'content') return this.#readContent();
    if (this.#stage === 'after') return this.#readAfter();
    return this.#stage === 'head' && this.#readHead();
  }

  #readContent(): boolean {
    const at = this.#rest.indexOf(this.#delimiter);
    if (at < 0) {
      // The beginning of the next boundary may be here already.
      this.#keep(this.#take(Math.max(0, this.#rest.length - this.#delimiter.length + 1)));
      return false;
    }
    this.#keep(this.#take(at));
    this.#take(this.#delimiter.length);
    if (this.#part) this.parts.push({ ...this.#part, content: this.#content.whole() });
    this.#content = new Growing();
    this.#part = undefined;
    this.#stage = 'after';
    return true;
  }

  #readAfter(): boolean {
    if (this.#rest.length < LINE.length) return false;
    const sign = this.#take(LINE.length).toString('latin1');
    if (sign !== '\r\n' && sign !== '--') throw new UnreadableFormError('no line after a boundary');
    this.#stage = sign === '--' ? 'end' : 'head';
    return true;
  }

  #readHead(): boolean {
    const at = this.#rest.indexOf(HEAD_END);
    if ((at < 0 ? this.#rest.length : at) > HEAD_BYTES) throw new OverfullFormError('long lines');
    if (at < 0) return false;
    const [, name, filename] = DISPOSITION.exec(this.#take(at).toString('utf8')) ?? [];
    this.#take(HEAD_END.length);
    if (name === undefined) throw new UnreadableFormError('a part without a name');
    if (filename === undefined) this.#fields += 1;
    else this.#files += 1;
    if (this.#fields > this.#limits.fields || this.#files > this.#limits.files)
      throw new OverfullFormError('too many parts');
    this.#countText(name.length + (filename?.length ?? 0));
    this.#part = {
      name: plainName(name),
      filename: filename === undefined ? undefined : plainName(filename),
    };
    this.#stage = 'content';
    return true;
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (!this.#part) throw new UnreadableFormError('something before the first part');
    if (this.#part.filename === undefined) this.#countText(bytes.length);
    else if (!this.#limits.keepFiles) return;
    this.#content.add(bytes);
  }

  #countText(bytes: number): void {
    this.#text += bytes;
    if (this.#text > this.#limits.text) throw new OverfullFormError('too much text');
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }
}

/**
 * Reads a form with files.
 * @param body what arrives, piece by piece; not read on once it is known that it is too much
 * @throws UnreadableFormError when it is no such form, or ends in the middle
 * @throws OverfullFormError when it has more in it than it may
 */
export async function readMultipart(
  body: AsyncIterable<Uint8Array> | null,
  contentType: string,
  limits: PartLimits,
): Promise<Part[]> {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined || body === null) throw new UnreadableFormError('no boundary');
  const reader = new PartReader(boundary, limits);
  for await (const piece of body) {
    reader.push(piece);
    if (reader.ended) break;
  }
  if (!reader.ended) throw new UnreadableFormError('it ends in the middle');
  return reader.parts;
}

/**
 * Reads the fields of a plain form, counted before any of them is.
 * @throws OverfullFormError when there are more than may be
 */
export function readUrlencoded(body: string, most: number): URLSearchParams {
  let fields = 1;
  for (let at = body.indexOf('&'); at >= 0; at = body.indexOf('&', at + 1)) {
    fields += 1;
    if (fields > most) throw new OverfullFormError('too many fields');
  }
  return new URLSearchParams(body);
}
