import styles from "./brand-mark.module.css";

/** An iris around a pupil, split like two lungs. */
export function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      className={styles.mark}
      aria-hidden
    >
      <path d="M11 3.2C6.6 3.7 3 7.5 3 12s3.6 8.3 8 8.8V16a4 4 0 0 1 0-8z" />
      <path d="M13 3.2c4.4.5 8 4.3 8 8.8s-3.6 8.3-8 8.8V16a4 4 0 0 0 0-8z" />
    </svg>
  );
}
