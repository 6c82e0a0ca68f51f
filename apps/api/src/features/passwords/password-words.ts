/**
 * What people at a hospital put into a password first. The estimator counts
 * each as one guess among these, with a capital, a year or a sign added as
 * the few more that they are. Vietnamese without marks, as it is typed into
 * password fields.
 */
export const HOSPITAL_WORDS: readonly string[] = [
  // The product and its kind.
  ..."lung iris lungiris lung-iris radiology radiologist radiologie xray x-ray".split(
    " ",
  ),
  ..."chest film films chestfilm pacs ris dicom worklist pneumonia triage".split(
    " ",
  ),
  ..."thorax lungs imaging tomography ultrasound viewer".split(" "),
  // The house.
  ..."hospital hospitals clinic medical medicine medcenter healthcare health".split(
    " ",
  ),
  ..."doctor doctors nurse nurses physician patient patients ward icu".split(
    " ",
  ),
  ..."emergency surgery pharmacy admin administrator staff auditor office".split(
    " ",
  ),
  // The same in Vietnamese.
  ..."benhvien benh-vien bv bacsi bac-si dieuduong yte y-te suckhoe xquang".split(
    " ",
  ),
  ..."x-quang chandoan hinhanh phoi viemphoi benhnhan khoa phongkham capcuu".split(
    " ",
  ),
  ..."matkhau mat-khau vietnam viet-nam hanoi saigon hcm tphcm danang hue".split(
    " ",
  ),
  ..."cantho bachmai choray vietduc".split(" "),
];

/**
 * Passwords that stand in a document or on a page of this product or of its
 * neighbours, whole; refused in any spelling.
 */
export const PUBLISHED_PASSWORDS: readonly string[] = [
  "lung-iris-demo",
  "lungirisdemo",
  "lung-iris-admin",
  "lung-iris-password",
  "changeme",
  "change-me-please",
  "correct horse battery staple",
  "correcthorsebatterystaple",
  "orthanc",
  "dcm4chee",
  "postgres",
];
