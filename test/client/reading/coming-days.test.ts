import { describe, expect, test } from 'vitest';
import { comingDays, type ComingLines } from '../../../client/reading/coming-mails.ts';

const lines = (
  roundId: string,
  day: string,
  role: ComingLines['role'],
  persons: readonly string[] | null,
  count = 1,
) => ({
  ...{ roundId, day, role, persons, lines: count },
});

describe('the mails of a day', () => {
  test('are one for whoever is written to in two rounds and in two roles', () => {
    const days = comingDays([
      lines('a', '2024-04-02', 'responsibleLeader', ['chen']),
      lines('a', '2024-04-01', 'responsibleLeader', ['chen', 'li']),
      lines('a', '2024-04-01', 'handler', ['chen'], 3),
      lines('b', '2024-04-01', 'handler', ['chen', 'wang'], 2),
    ]);
    expect(days).toEqual([
      {
        ...{ day: '2024-04-01', mails: 3, lines: 6 },
        byRole: [
          { role: '责任人', persons: 2, lines: 5 },
          { role: '责任领导', persons: 2, lines: 1 },
        ],
      },
      { day: '2024-04-02', mails: 1, lines: 1, byRole: [{ role: '责任领导', persons: 1, lines: 1 }] },
    ]);
  });

  test('count an answer to one person, and a line that nobody is there to get', () => {
    const [day] = comingDays([lines('a', '2024-04-01', '', ['chen']), lines('a', '2024-04-01', 'reviewer', null, 2)]);
    expect(day).toMatchObject({ mails: 1, lines: 3, byRole: [{ role: '巡察办', persons: 0, lines: 2 }] });
  });
});
