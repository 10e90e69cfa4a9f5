import { bad, type Check, well } from '../check.ts';

const NAME = { de: 'Einstellungen', en: 'settings' };

/** Settings, city, services and connections, as a start would judge them. */
export const settings: Check = {
  id: 'settings',
  name: NAME,
  async look({ problems, config }) {
    if (problems.length === 0) {
      const trial = config.production ? { de: '', en: '' } : { de: ' (Probebetrieb)', en: ' (a trial)' };
      return [well(`vollständig${trial.de}`, `complete${trial.en}`)];
    }
    const todo = { de: 'Einstellung ergänzen oder berichtigen', en: 'set or mend it' };
    return problems
      .flatMap((problem) => problem.split('\n'))
      .map((line) => bad({ de: line, en: line }, todo));
  },
};
