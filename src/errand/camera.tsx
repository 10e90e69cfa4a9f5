/** At a terminal, the page that asks for a document: its code for a phone, and the pictures that came by it. */
import { createNews, first, markOf, own, type SentForm, typedOf, type Visit } from '#visit';
import { fieldId } from '#web';
import { CameraCode, LOOK, OTHER_PHONE, PHONE } from './camera-code.tsx';
import type { ErrandDeps } from './deps.ts';
import { type Beside, NOTHING_BESIDE } from './form-page.tsx';
import { asksForFiles, filesOf, withoutFiles } from './kept-files.ts';
import type { At, KindOfPage } from './kinds/kind.ts';
import { keepUnsent } from './shown-again.ts';
import { changed, type Here, pageUrl } from './standing.ts';
import { stillWrong } from './still-wrong.ts';
import { cameraWords } from './words.ts';

/** Below a page: its news, and the pictures that it shows. */
const NEWS = 'news';
const PICTURE = 'picture';

/** The code on the screen of a terminal. */
interface Offered {
  token: string;
  connected: boolean;
  /** Tells two states of what the terminal shows apart. */
  mark: string;
}

const keyOf = ({ service, page }: Pick<Here, 'service' | 'page'>): string => `${service.slug}/${page.id}`;

/** @returns the code that the visit has for the page, as long as it works */
async function known(deps: ErrandDeps, here: Here): Promise<Offered | undefined> {
  const token = own(here.visit.secret.cameras, keyOf(here))?.token;
  const camera = token === undefined ? undefined : await deps.phoneCameras.find(token);
  if (token === undefined || !camera) return undefined;
  return { token, connected: camera.connected, mark: markOf([token, camera.turn]) };
}

/** Makes a code; there is one for each page at a time. */
async function offer(deps: ErrandDeps, here: Here): Promise<Offered> {
  const place = { service: here.service.slug, page: here.page.id };
  const { token, write } = deps.phoneCameras.offer(here.visit, place);
  await deps.store.update(
    here.visit,
    ({ secret }) => {
      secret.cameras = { ...secret.cameras, [keyOf(here)]: { token, came: [] } };
    },
    write,
  );
  return { token, connected: false, mark: markOf([token, 0]) };
}

/**
 * @returns what the page shows beside its questions where a terminal asks for a document: nothing can be chosen there, so a phone
 * takes the picture; and it goes on once there is what it asks for
 */
export async function besideCamera({ c, deps, here }: At): Promise<Beside> {
  const asked = asksForFiles(here.page);
  if (!c.get('terminal') || asked.length === 0) return NOTHING_BESIDE;
  const kept = filesOf(here.page, here.draft.answers);
  const pictures = (name: string): string => `${pageUrl(here.service, here.page)}/${PICTURE}?of=${name}`;
  const waits = asked.some(({ id }) => !kept[id]);
  const now = await known(deps, here);
  // All of it is there: whoever wants to send another one takes that away first.
  if (!waits && !now?.connected) return { ...NOTHING_BESIDE, pictures };
  const { token, connected, mark } = now ?? (await offer(deps, here));
  const { language } = here.visit;
  const isMissing = asked.some(({ id, optional }) => !optional && !kept[id]);
  return {
    ...NOTHING_BESIDE,
    before: (
      <CameraCode
        language={language}
        url={`${deps.config.publicUrl}/photo/${language}/${token}`}
        news={`${pageUrl(here.service, here.page)}/${NEWS}?seen=${mark}`}
        connected={connected}
        phone={markOf(token)}
        waits={waits}
      />
    ),
    pictures,
    ...(isMissing && { onward: 'none', ways: <p class="muted">{cameraWords(language).first}</p> }),
  };
}

/** The page is answered: nobody sends anything there any more. @param visit is written afterwards */
export function takeCamera(visit: Visit, here: Pick<Here, 'service' | 'page'>): string | undefined {
  const { [keyOf(here)]: code, ...others } = visit.secret.cameras ?? {};
  if (code) visit.secret.cameras = others;
  return code?.token;
}

/**
 * Notes what came by a code, so that it goes when its phone is sent away.
 * @param secret of the visit as it is written
 * @returns whether the code is still the page's: what arrives later is not kept
 */
export function noteCame(
  secret: Visit['secret'],
  here: Pick<Here, 'service' | 'page'>,
  token: string,
  files: readonly string[],
): boolean {
  const code = own(secret.cameras, keyOf(here));
  if (code?.token !== token) return false;
  secret.cameras = { ...secret.cameras, [keyOf(here)]: { token, came: [...code.came, ...files] } };
  return true;
}

/** @returns whether the page still has this code */
export const hasCode = (here: Here, token: string): boolean =>
  own(here.visit.secret.cameras, keyOf(here))?.token === token;

/**
 * Ends a phone's link, and takes away what came by it: it may have been a stranger's.
 * @param shown stands for the link that the page showed: pressed twice, it does not end the next one
 */
async function sendAway(deps: ErrandDeps, here: Here, shown: string): Promise<void> {
  const { service, page } = here;
  let [token, came]: [string, readonly string[]] = ['', []];
  const visit = await deps.store.update(here.visit, (current) => {
    [token, came] = ['', []];
    const { secret } = current;
    const code = own(secret.cameras, keyOf(here));
    if (!code || markOf(code.token) !== shown) return;
    [token, came] = [code.token, code.came];
    takeCamera(current, here);
    const draft = own(secret.drafts, service.slug);
    if (!draft) return;
    const answers = withoutFiles(page, draft.answers, came);
    secret.drafts[service.slug] = changed(deps, service, draft, { ...draft, answers });
  });
  if (token !== '') await deps.phoneCameras.forget(token);
  for (const file of came) await deps.files.drop(visit, file);
}

/** Looks what has come, or sends the phone away, so that there is a code for another; what is typed on the page stays. */
export async function pressCamera({ c, deps, here }: At, action: string, form: SentForm): Promise<Response> {
  if (action === OTHER_PHONE) await sendAway(deps, here, first(form.fields, PHONE));
  const fields = typedOf(form.fields);
  const errors = stillWrong(deps, here, form, { answers: {}, errors: [] });
  const isSilent = Object.keys(fields).length === 0 && errors.length === 0;
  await keepUnsent(deps, here, isSilent ? undefined : { fields, errors });
  const [came] = Object.keys(filesOf(here.page, here.draft.answers));
  const place = action === LOOK && came !== undefined ? `#${fieldId(came)}` : '';
  return c.redirect(`${pageUrl(here.service, here.page)}${place}`, 303);
}

/** Addresses under a page that asks for documents. */
export function belowCamera(): KindOfPage['below'] {
  const news = createNews();
  return {
    [NEWS]: {
      get: ({ c, deps, here }) => {
        const seen = c.req.query('seen');
        return news(
          c,
          `${here.visit.id} ${here.page.id}`,
          async () => (await known(deps, here))?.mark !== seen,
        );
      },
    },
    [PICTURE]: { get: picture },
  };
}

/** Shows a picture that came, so that its person sees whether it can be read. */
async function picture({ c, deps, here }: At): Promise<Response> {
  const file = own(filesOf(here.page, here.draft.answers), c.req.query('of') ?? '');
  const content = file?.mediaType.startsWith('image/')
    ? await deps.files.read(here.visit, file.file)
    : undefined;
  if (!file || !content) return c.notFound();
  return c.body(new Uint8Array(content), 200, {
    'Content-Type': file.mediaType,
    'Cache-Control': 'no-store',
  });
}
