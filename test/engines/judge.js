// What is wrong with an answer.

/** Facts of the place that are not as the variant asks. */
function wrongPlace(variant, facts) {
  return ["worker", "isolated"].find((fact) => fact in facts && facts[fact] !== (variant[fact] === true));
}

/** Problem of a report, in one line, or null: `again` asks the same engine for the bits of one entry. */
export async function judge({ variant, answer, again, own }) {
  if (answer.error !== undefined) return answer.error;
  const { result, facts } = answer;
  const place = wrongPlace(variant, facts);
  if (place !== undefined) return `${place} is ${facts[place]} there`;
  if (result.backend !== variant.expected) return `runs on ${result.backend} instead of ${variant.expected}`;
  const [first] = result.differences;
  if (first === undefined) return result.matches && result.hash === own.hash ? null : "is incomplete";
  const more =
    result.differences.length === 1 ? "" : ` (the first of ${result.differences.length} entries that differ)`;
  if (first.got === null) return `"${first.name}" was not computed${more}`;
  const inspected = await again(first.name);
  if (inspected.error !== undefined) return `"${first.name}" differs${more}; looking closer: ${inspected.error}`;
  const difference = own.firstDifference(inspected.result, own.inspect(first.name));
  if (difference === null) return `"${first.name}" differed, but not when computed again: ${first.got}${more}`;
  return difference.message + more;
}
