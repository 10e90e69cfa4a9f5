import { defineWords } from '#web';
import type { EntryKind } from './kinds.ts';
import type { EntryState } from './report.ts';

type Labels = Record<`kind_${EntryKind}` | `state_${EntryState}`, string>;

const DE: Labels = {
  kind_minorOffence: 'Ordnungswidrigkeit',
  kind_seriousOffence: 'Schwere Ordnungswidrigkeit',
  kind_drivingBan: 'Ordnungswidrigkeit mit Fahrverbot',
  kind_crime: 'Straftat',
  kind_crimeWithdrawal: 'Straftat mit Entziehung der Fahrerlaubnis oder Sperre',
  kind_courtBan: 'Fahrverbot durch ein Gericht',
  kind_courtWithdrawal: 'Entziehung oder Sperre durch ein Gericht',
  kind_vehicleBan: 'Verbot oder Beschränkung für Fahrzeuge ohne Führerscheinpflicht',
  kind_refusal: 'Fahrerlaubnis versagt',
  kind_withdrawal: 'Fahrerlaubnis entzogen',
  kind_waiver: 'Verzicht auf die Fahrerlaubnis',
  kind_seminar: 'Fahreignungsseminar',
  kind_course: 'Aufbauseminar oder verkehrspsychologische Beratung',
  kind_admonition: 'Ermahnung',
  kind_warning: 'Verwarnung',
  kind_probationCourse: 'Aufbauseminar in der Probezeit angeordnet',
  kind_probationWarning: 'Verwarnung in der Probezeit',
  state_counts: 'Zählt',
  state_stored: 'Gespeichert',
  state_lapsed: 'Zählt nicht mehr: neue Fahrerlaubnis erteilt',
  state_waiting: 'Zählt nicht mehr: Überliegefrist',
  state_overdue: 'Zählt nicht mehr: Löschung steht an',
};

const EN: Labels = {
  kind_minorOffence: 'Administrative offence (Ordnungswidrigkeit)',
  kind_seriousOffence: 'Serious administrative offence (Ordnungswidrigkeit)',
  kind_drivingBan: 'Administrative offence with a driving ban',
  kind_crime: 'Criminal offence (Straftat)',
  kind_crimeWithdrawal: 'Criminal offence with loss of the driving licence or a bar on a new one',
  kind_courtBan: 'Driving ban by a court',
  kind_courtWithdrawal: 'Loss of the driving licence, or a bar, by a court',
  kind_vehicleBan: 'Ban or restriction for vehicles that need no licence',
  kind_refusal: 'Driving licence refused',
  kind_withdrawal: 'Driving licence withdrawn',
  kind_waiver: 'Driving licence given up',
  kind_seminar: 'Driver improvement seminar (Fahreignungsseminar)',
  kind_course: 'Driver course or counselling',
  kind_admonition: 'Reminder (Ermahnung)',
  kind_warning: 'Warning (Verwarnung)',
  kind_probationCourse: 'Course ordered in the probation period',
  kind_probationWarning: 'Warning in the probation period',
  state_counts: 'Counts',
  state_stored: 'Stored',
  state_lapsed: 'No longer counts: a new licence was issued',
  state_waiting: 'No longer counts: kept for one more year (Überliegefrist)',
  state_overdue: 'No longer counts: due to be deleted',
};

const LEICHT: Labels = {
  kind_minorOffence: 'Fehler im Straßen-Verkehr',
  kind_seriousOffence: 'Schwerer Fehler im Straßen-Verkehr',
  kind_drivingBan: 'Fehler im Straßen-Verkehr mit Fahr-Verbot',
  kind_crime: 'Straf-Tat',
  kind_crimeWithdrawal: 'Straf-Tat. Der Führer-Schein ist weg.',
  kind_courtBan: 'Fahr-Verbot von einem Gericht',
  kind_courtWithdrawal: 'Ein Gericht hat den Führer-Schein weggenommen.',
  kind_vehicleBan: 'Verbot für Fahrzeuge, für die man keinen Führer-Schein braucht',
  kind_refusal: 'Sie haben keinen Führer-Schein bekommen.',
  kind_withdrawal: 'Das Amt hat den Führer-Schein weggenommen.',
  kind_waiver: 'Sie haben den Führer-Schein abgegeben.',
  kind_seminar: 'Kurs: Fahr-Eignungs-Seminar',
  kind_course: 'Kurs oder Beratung',
  kind_admonition: 'Brief vom Amt: Ermahnung',
  kind_warning: 'Brief vom Amt: Verwarnung',
  kind_probationCourse: 'Sie mussten in der Probe-Zeit einen Kurs machen.',
  kind_probationWarning: 'Brief vom Amt in der Probe-Zeit: Verwarnung',
  state_counts: 'Das zählt',
  state_stored: 'Das ist gespeichert',
  state_lapsed: 'Das zählt nicht mehr. Sie haben einen neuen Führer-Schein.',
  state_waiting: 'Das zählt nicht mehr. Es bleibt noch ein Jahr gespeichert.',
  state_overdue: 'Das zählt nicht mehr. Es wird bald gelöscht.',
};

/** Names of the kinds of entries and of what became of them, for people. */
export const kindWords = defineWords({ de: DE, en: EN, leicht: LEICHT });
