interface Named {
  id: string;
  name: string;
}

/**
 * Who is named in a text, as "@Name" in any case. Of two names that begin alike
 * the longer one is meant: "@An Binh" does not name An.
 */
export function mentionsIn<Person extends Named>(
  text: string,
  people: readonly Person[],
): Person[] {
  const longestFirst = [...people].sort(
    (a, b) => b.name.length - a.name.length,
  );
  const named: Person[] = [];
  let rest = text.normalize("NFC").toLowerCase();
  for (const person of longestFirst) {
    const mark = `@${person.name.normalize("NFC").toLowerCase()}`;
    if (!rest.includes(mark)) continue;
    named.push(person);
    rest = rest.split(mark).join(" ");
  }
  return people.filter((person) => named.includes(person));
}
