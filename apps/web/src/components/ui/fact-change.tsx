export interface FactChangeProps {
  name: string;
  before: string;
  now: string;
}

/** A fact of a list of facts, as it was and as it is. */
export function FactChange({ name, before, now }: FactChangeProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <del>{before}</del>
        {" → "}
        <ins>{now}</ins>
      </dd>
    </>
  );
}
