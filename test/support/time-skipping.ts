import { TestWorkflowEnvironment } from '@temporalio/testing';
import { temporalProgram } from '../../worker/embedded/programs.ts';

/**
 * A server on which months pass in milliseconds; it knows no lists and no schedules. The library gives it five seconds
 * to come up, which a machine with much else to do may need more than once.
 */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const executable = { type: 'existing-path', path: temporalProgram('temporal-test-server') } as const;
  for (let attempt = 1; ; attempt++) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
    } catch (error) {
      if (attempt === 3 || !String(error).includes('did not start within')) throw error;
    }
  }
}
