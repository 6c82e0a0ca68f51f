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
          readonly meta: Record<string, DicomValue>;
          readonly dict: Record<string, DicomValue>;
        };
      };
      readonly DicomMetaDictionary: {
        naturalizeDataset(
          dict: Record<string, DicomValue>,
        ): Record<string, unknown>;
      };
    };
    readonly log: {
      getLogger(name: string): { setLevel(level: string): void };
    };
  };
  export default dcmjs;
}
