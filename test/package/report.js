// Counts checks and says what each one found.

export const counts = { passed: 0, failed: 0 };

/** Runs a check; what it throws, or what the program it ran printed, is the report of its failure. */
export async function check(what, test) {
  try {
    await test();
    counts.passed++;
    console.log(`ok      ${what}`);
  } catch (error) {
    counts.failed++;
    const printed = `${error.stdout ?? ""}${error.stderr ?? ""}`;
    console.log(`FAILED  ${what}\n${printed || error.message}`.trimEnd());
  }
}

/** Fails with a list of what is wrong, if anything is. */
export function none(wrong) {
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
}
