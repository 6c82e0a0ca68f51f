import { Skeleton } from "@mantine/core";

/** Where the panel beside the film will be. */
export function PanelPlace() {
  return [64, 120, 96, 140].map((height) => (
    <Skeleton key={height} height={height} mb="md" />
  ));
}
