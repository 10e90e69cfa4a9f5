import type { CompiledService } from '#service';
import { Actions, Alert, Button, defineWords, JourneyForm, LinkButton, layout, type Page } from '#web';

const ranOutWords = defineWords({
  de: {
    title: 'Ihr Besuch ist zu Ende',
    text: 'Nach einer Pause schließen wir jeden Besuch, damit niemand sonst Ihre Angaben sieht. Ihre Angaben sind gelöscht.',
    notSent: 'Es wurde nichts abgesendet.',
    again: 'Noch einmal beginnen',
    home: 'Zur Startseite',
  },
  en: {
    title: 'Your visit has ended',
    text: 'We close every visit after a pause, so that nobody else sees your answers. Your answers have been deleted.',
    notSent: 'Nothing has been sent.',
    again: 'Begin again',
    home: 'To the start page',
  },
  leicht: {
    title: 'Ihr Besuch ist zu Ende',
    text: 'Sie haben lange nichts gemacht. Dann beenden wir den Besuch. So sieht niemand Ihre Angaben. Ihre Angaben sind gelöscht.',
    notSent: 'Wir haben nichts abgeschickt.',
    again: 'Noch einmal anfangen',
    home: 'Zum Anfang',
  },
});

/** Somebody goes on in a visit that is over: what became of it, and the way to begin again. */
export function ranOutPage(page: Page, service: CompiledService): string {
  const w = ranOutWords(page.language);
  const path = `/service/${service.slug}`;
  const shell = { ...page, title: w.title, page: 'ran-out', back: path, path };
  return layout(
    shell,
    <JourneyForm action={path} page={shell}>
      <h1>{w.title}</h1>
      <Alert tone="warning" title={w.notSent}>
        {w.text}
      </Alert>
      <p class="lead">{service.texts[page.language].title}</p>
      <Actions>
        <Button pictogram="forward">{w.again}</Button>
        <LinkButton href="/" kind="secondary">
          {w.home}
        </LinkButton>
      </Actions>
    </JourneyForm>,
  );
}
