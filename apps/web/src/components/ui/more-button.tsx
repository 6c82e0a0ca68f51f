import { Button } from "@mantine/core";

interface MoreButtonProps {
  label: string;
  /** Cursor of the next page; none where this was the last. */
  after: string | null | undefined;
  isLoading: boolean;
  fetchMore: (options: { variables: { after: string } }) => Promise<unknown>;
}

/** Loads the next page of a list. */
export function MoreButton(props: MoreButtonProps) {
  const { label, after, isLoading, fetchMore } = props;
  if (!after) return null;
  return (
    <Button
      variant="subtle"
      loading={isLoading}
      onClick={() =>
        // The list says by itself that it could not be loaded.
        void fetchMore({ variables: { after } }).catch(() => undefined)
      }
    >
      {label}
    </Button>
  );
}
