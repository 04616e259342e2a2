import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { Punishment, Role } from '../../workflows/rules/policy.ts';

/** What would be sent if nobody did anything (预演): the answer of `rehearse ROUND --json`. */
export interface Rehearsal {
  readonly roundId: string;
  readonly from: IsoInstant;
  /** The last moment that was played, inclusive. */
  readonly to: IsoInstant;
  readonly mails: number;
  /** For people without mail: as many pages to print and bring (打印件); none of them counts as a mail. */
  readonly pages: number;
  /** A line that reaches two people counts twice. */
  readonly lines: number;
  readonly perDay: readonly RehearsedDay[];
  /** The days with the most lines. */
  readonly peaks: readonly RehearsedDay[];
  readonly people: readonly RehearsedPerson[];
  /** Whom the ladders climb to if nobody answers. */
  readonly escalations: readonly {
    readonly role: Role;
    readonly name: string;
    readonly lines: number;
    readonly ifNobodyAnswersFrom: IsoDate;
    /** Of whose issues: names of inspected bodies (被巡察单位). */
    readonly bodies: readonly string[];
  }[];
  /** By inspected body, in the order of the round; what the round owes as a whole is in none. */
  readonly bodies: readonly { readonly name: string; readonly issues: number; readonly lines: number }[];
  /** Measures against people that the office would be asked to decide. */
  readonly proposals: readonly { readonly day: IsoDate; readonly issue: string; readonly measure: Punishment }[];
  readonly daysOffRespected: { readonly checked: number; readonly violations: number };
  /** Roles that nobody holds at some moment, and for which issues. */
  readonly unresolved: readonly { readonly role: Role; readonly codes: readonly string[] }[];
  /** Days without published days off: they may still move. */
  readonly provisional: readonly { readonly day: IsoDate; readonly lines: number }[];
  readonly seconds: number;
}

export interface RehearsedDay {
  readonly day: IsoDate;
  readonly mails: number;
  readonly pages: number;
  readonly lines: number;
}

export interface RehearsedPerson {
  readonly personId: string;
  readonly name: string;
  /** `paper` for whom no mail reaches: the office prints it. */
  readonly reach: 'mail' | 'paper';
  /** Of somebody on paper: pages. */
  readonly mails: number;
  readonly lines: number;
  readonly firstOn: IsoDate;
  readonly lastOn: IsoDate;
}
