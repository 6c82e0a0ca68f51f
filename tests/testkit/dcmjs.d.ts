/** dcmjs ships no types; these are the parts that the tests use. */
declare module "dcmjs" {
  interface DicomValue {
    readonly vr: string;
    readonly Value: readonly unknown[];
  }
  const dcmjs: {
    readonly data: {
      readonly DicomMessage: {
        readFile(buffer: ArrayBuffer): {
          readonly dict: Record<string, DicomValue | undefined>;
        };
      };
    };
    readonly log: { setLevel(level: string): void };
  };
  export default dcmjs;
}
