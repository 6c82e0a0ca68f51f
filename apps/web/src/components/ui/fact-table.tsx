import type { ReactNode } from "react";

export interface FactRow {
  key: string;
  /** The first names the row; null where there is no figure. */
  cells: readonly ReactNode[];
}

interface FactTableProps {
  title: string;
  head: readonly string[];
  rows: readonly FactRow[];
  /** Of what scrolls, and of the table in it. */
  scrollClass: string | undefined;
  tableClass: string | undefined;
}

/** Rows of figures under a head; moved by its own bar where it is too large. */
export function FactTable(props: FactTableProps) {
  const { title, head, rows, scrollClass, tableClass } = props;
  return (
    <div className={scrollClass} tabIndex={0} role="group" aria-label={title}>
      <table className={tableClass} aria-label={title}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...cells] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={head[at + 1]}>{cell ?? "–"}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
