/** What a colour is for; the values of both schemes stand below. */
export interface Tokens {
  page: string;
  panel: string;
  raised: string;
  hover: string;
  selected: string;
  line: string;
  text: string;
  textDim: string;
  /** What the AI says, everywhere. */
  ai: string;
  aiFill: string;
  aiTrack: string;
  aiPanel: string;
  /**
   * The four steps; each comes with its own shape and word as well. The first
   * stands out most, also for people without green cones, who see red darker.
   */
  critical: string;
  urgent: string;
  soon: string;
  routine: string;
  /** Outcomes of an operation, never of a patient. */
  good: string;
  warn: string;
  bad: string;
  warnPanel: string;
  badPanel: string;
  focus: string;
  link: string;
  /** Text on a filled button of the accent. */
  onAccent: string;
  /** Behind a film, in both schemes. */
  film: string;
  filmText: string;
  /** What a person marks or measures on a film. */
  mark: string;
  /** What the AI says, where it stands on a film. */
  aiOnFilm: string;
}

export const darkTokens: Tokens = {
  page: "#0d1014",
  panel: "#12161b",
  raised: "#181d24",
  hover: "#1b212a",
  selected: "#142825",
  line: "#262d37",
  text: "rgba(255, 255, 255, 0.87)",
  textDim: "rgba(255, 255, 255, 0.6)",
  ai: "#b78cf5",
  aiFill: "#9058dc",
  aiTrack: "#282233",
  aiPanel: "#171421",
  critical: "#ffab9c",
  urgent: "#e0a030",
  soon: "#7cb8e8",
  routine: "#98a1ac",
  good: "#6cd5c5",
  warn: "#f2b134",
  bad: "#ff8a78",
  warnPanel: "#241d0d",
  badPanel: "#2a1613",
  focus: "#6cd5c5",
  link: "#6cd5c5",
  onAccent: "#06241f",
  film: "#000000",
  filmText: "rgba(255, 255, 255, 0.72)",
  mark: "#f4d35e",
  aiOnFilm: "#c4a1f8",
};

export const lightTokens: Tokens = {
  page: "#f3f4f6",
  panel: "#ffffff",
  raised: "#ffffff",
  hover: "#eef0f3",
  selected: "#e0f3ef",
  line: "#d5d9df",
  text: "#1a1e24",
  textDim: "#59616c",
  ai: "#7541c0",
  aiFill: "#9058dc",
  aiTrack: "#e6def3",
  aiPanel: "#f7f2fe",
  critical: "#96150f",
  urgent: "#8a5300",
  soon: "#1c5f9c",
  routine: "#59616c",
  good: "#0c6a5e",
  warn: "#8a5300",
  bad: "#b3261e",
  warnPanel: "#fdf3dd",
  badPanel: "#fdeceb",
  focus: "#0c6a5e",
  link: "#0c6a5e",
  onAccent: "#ffffff",
  film: "#000000",
  filmText: "rgba(255, 255, 255, 0.72)",
  mark: "#f4d35e",
  aiOnFilm: "#c4a1f8",
};
