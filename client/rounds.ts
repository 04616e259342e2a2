import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Ledger } from '../prisma/client.ts';
import { Issues } from './issues.ts';
import type { NoticeReading } from './notice-import/notice-reading.ts';
import { importPeople, type PeopleImport, type PeopleImported, type PersonRow } from './people-import.ts';
import { assign, type Assigned, type Assignment } from './rounds/assign.ts';
import { createRound, type CreatedRound, type RoundOrigin } from './rounds/create-round.ts';
import { findRound } from './rounds/find-round.ts';
import { launch, type LaunchOptions } from './rounds/launch.ts';
import { discardDraft } from './rounds/discard.ts';
import { type LaunchNote, type Missing, missingForLaunch, notesForLaunch } from './rounds/missing-for-launch.ts';

/** All that the office can ask of rounds (轮次): from the notice that was read to the launch. */
export class Rounds {
  readonly #ledger: Ledger;
  readonly #temporal: Client;

  constructor({ ledger, temporal }: { ledger: Ledger; temporal: Client }) {
    this.#ledger = ledger;
    this.#temporal = temporal;
  }

  /**
   * Makes a draft of a round from a notice that was read: its body, issues, measures, policy and calendar, in one
   * transaction. Each call makes another round.
   *
   * @throws RefusedError `FeedbackMissing`, `NoIssues`, `CodeTaken`
   */
  async createFromReading(origin: Omit<RoundOrigin, 'drill'> & { reading: NoticeReading }): Promise<CreatedRound> {
    return createRound(this.#ledger, { ...origin, roundId: origin.roundId ?? randomUUID() });
  }

  /**
   * Adds people to the directory (通讯录) and brings those it knows up to date. A second import changes nothing.
   *
   * @see importPeople
   */
  async importPeople(rows: readonly PersonRow[], how: PeopleImport = {}): Promise<PeopleImported> {
    return importPeople(this.#ledger, rows, how);
  }

  /** Says who is responsible for what. @throws ImportRefused with all that cannot be resolved */
  async assign(assignment: Assignment): Promise<Assigned> {
    const issues = new Issues({ ledger: this.#ledger, temporal: this.#temporal });
    return assign({ ledger: this.#ledger, issues }, assignment);
  }

  /** Everything that is missing before the round can be launched; empty when it can. */
  async missingForLaunch(roundId: string): Promise<Missing[]> {
    return missingForLaunch(this.#ledger, roundId);
  }

  /** What does not hold the launch up, but the office should know. */
  async notesForLaunch(roundId: string): Promise<LaunchNote[]> {
    return notesForLaunch(this.#ledger, roundId);
  }

  /** Launches the round (交办) and returns when every issue's first duties stand in the ledger. @throws LaunchRefused */
  async launch(roundId: string, options: LaunchOptions = {}): Promise<void> {
    await launch({ ledger: this.#ledger, temporal: this.#temporal }, roundId, options);
  }

  /** Takes a draft away. @throws RefusedError `Launched` */
  async discard(roundId: string): Promise<void> {
    await discardDraft(this.#ledger, roundId);
  }

  /** The round people mean by an id, its beginning, or a name. @throws RefusedError `UnknownRound`, `AmbiguousRound` */
  async find(ref: string): Promise<{ id: string; name: string }> {
    return findRound(this.#ledger, ref);
  }
}
