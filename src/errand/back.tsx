import type { City } from '#city';
import type { Language } from '#language';
import { Button, DEFAULT_SETTINGS, Go, layout, type Page, Say } from '#web';
import { stepWords } from './words.ts';

/**
 * Sends the provider's answer on to where the visit's cookie comes along; by itself with script, by a button without.
 * @param response what the provider sent: encrypted for us, and never looked at here
 * @param bond a digest of what this browser alone got with this page
 */
export function backPage(
  city: Pick<City, 'name' | 'accent' | 'phone115'>,
  action: string,
  response: string,
  language: Language,
  bond: string,
): string {
  const w = stepWords(language);
  const page: Page = {
    ...{
      title: w.backTitle,
      language,
      settings: DEFAULT_SETTINGS,
      accent: city.accent,
      city: city.name,
      phone: city.phone115,
    },
    ...{ mode: 'phone', path: '/', page: 'back', kind: 'notice', quiet: true },
  };
  return layout(
    page,
    <form class="journey" method="post" action={action}>
      <am-send hidden />
      <input type="hidden" name="SAMLResponse" value={response} />
      <input type="hidden" name="_bond" value={bond} />
      <Say>
        <h1>{w.backTitle}</h1>
        <p class="lead">{w.backText}</p>
      </Say>
      <Go page={page}>
        <Button pictogram="forward">{w.backButton}</Button>
      </Go>
    </form>,
  );
}
