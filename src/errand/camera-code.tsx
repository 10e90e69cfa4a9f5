/** What a terminal shows where it asks for a document: the code for a phone, or that one is connected. */
import type { Language } from '#language';
import { Button, type Html, PATIENT_SECONDS, QrCode } from '#web';
import { cameraWords } from './words.ts';

/** Words of the buttons: whoever sends the page looks what has come, or sends the phone away. */
export const LOOK = 'look';
export const OTHER_PHONE = 'other-phone';
/** Says which phone's link the page shows. */
export const PHONE = '_phone';

interface CodeProps {
  language: Language;
  /** What the code leads to. */
  url: string;
  /** Where the page hears that something has come. */
  news: string;
  /** A phone has used it. */
  connected: boolean;
  /** Stands for the link. */
  phone: string;
  /** A document is still to come. */
  waits: boolean;
}

/** The code, or that a phone is connected; the page is shown anew when something comes, and without script by a button. */
export function CameraCode(props: CodeProps): Html {
  const w = cameraWords(props.language);
  return (
    <section class="camera" data-photo={props.url} data-patient={PATIENT_SECONDS}>
      {props.connected ? <Connected {...props} /> : <Code {...props} />}
      <am-wait data-href={props.news} data-press={LOOK}>
        <Button kind="secondary" name="_action" value={LOOK}>
          {w.look}
        </Button>
      </am-wait>
    </section>
  );
}

function Code(props: CodeProps): Html {
  const w = cameraWords(props.language);
  const { host, pathname } = new URL(props.url);
  return (
    <>
      <QrCode text={props.url} label={w.scan} />
      <div class="camera-words">
        <ol class="camera-steps">
          {[w.step1, w.step2, w.step3].map((step) => (
            <li>{step}</li>
          ))}
        </ol>
        <p class="muted">{w.valid}</p>
      </div>
      <p class="camera-address">
        {w.address}:{' '}
        <bdi dir="ltr" translate="no">
          {host}
          {pathname}
        </bdi>
      </p>
    </>
  );
}

function Connected(props: CodeProps): Html {
  const w = cameraWords(props.language);
  return (
    <div class="camera-words">
      <p class="camera-connected" role="status">
        <span class="camera-dot" />
        <strong>{w.connected}</strong>
      </p>
      {props.waits && <p>{w.connectedText}</p>}
      <p class="muted">{w.notYours}</p>
      <input type="hidden" name={PHONE} value={props.phone} />
      <Button kind="secondary" name="_action" value={OTHER_PHONE}>
        {w.otherPhone}
      </Button>
    </div>
  );
}
