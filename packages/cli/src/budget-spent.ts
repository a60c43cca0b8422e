/** A budget of time that ended before the protocol did: nothing is wrong, and the next run goes on. Ends with exit code 3. */
export class BudgetSpent extends Error {
  constructor(interrupted: string, options?: ErrorOptions) {
    super(
      `budget spent before the protocol was done: ${interrupted} (run it again to go on)`,
      options,
    );
  }
}
