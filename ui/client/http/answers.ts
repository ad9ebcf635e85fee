import type {
  AccountCardView,
  CalendarView,
  MigrationView,
  AccountView,
  OwnSessionView,
  SettingsView,
  PasswordTokenView,
  RecoveryCodes,
  SecondFactorSetup,
  AuditDetailView,
  AuditFiltersView,
  AuditRowView,
  CatalogRowsView,
  CodePreview,
  LookupView,
  CorrectionView,
  CatalogRowView,
  CatalogSummary,
  CatalogUsageView,
  CatalogView,
  CompleteAnswer,
  DraftView,
  EntitySummary,
  ActionResultView,
  EntityView,
  ExplainView,
  ExportView,
  FactsView,
  FileInfoView,
  FileView,
  FindingView,
  FormDraftAnswer,
  FormDraftView,
  HistoryEntry,
  IncidentView,
  InstancePageView,
  ImportView,
  ListView,
  MatrixHistoryEntry,
  MatrixPreview,
  MatrixView,
  NoticeView,
  PackFileView,
  PackSummary,
  PackVersionView,
  PackView,
  PrivacyView,
  ProcessSummary,
  ProcessView,
  PublicProcessSummary,
  PublicProcessView,
  PublishAnswer,
  PrintedRecordView,
  RecordPageView,
  QrHitView,
  RecordView,
  ReportSummary,
  ReportView,
  RouteName,
  SavedViewView,
  SearchGroupView,
  SuggestionsView,
  SessionView,
  StartAnswer,
  SubstitutionChoicesView,
  SubstitutionView,
  TaskPageView,
  TaskView,
} from '#engine/contract'

/** What each route answers, as types (the contract names them in `answers`). */
export interface Answers {
  getMatrix: MatrixView
  previewMatrix: MatrixPreview
  changeMatrix: MatrixView
  resetMatrix: MatrixView
  getMatrixHistory: ListView<MatrixHistoryEntry>
  explain: ExplainView
  getAccountCard: AccountCardView
  reassignWork: AccountCardView
  getPrivacyNotice: PrivacyView
  acceptPrivacyNotice: void
  exportOwnData: void
  requestCorrection: void
  blockPerson: void
  unblockPerson: void
  anonymisePerson: { name: string }
  listReports: ReportSummary[]
  runReport: ReportView
  listReportRows: ListView<RecordView>
  listAudit: ListView<AuditRowView>
  getAuditFilters: AuditFiltersView
  getAuditRow: AuditDetailView
  exportRecords: void
  beginExport: ExportView
  beginReportExport: ExportView
  beginAuditExport: ExportView
  listExports: ExportView[]
  getExport: ExportView
  cancelExport: ExportView
  getExportFile: void
  listImports: ImportView[]
  beginImport: ImportView
  getImportTemplate: void
  getImport: ImportView
  checkImport: ImportView
  applyImport: ImportView
  cancelImport: ImportView
  getImportErrors: void
  recordFacts: FactsView
  taskFacts: FactsView
  processFacts: FactsView
  getSession: SessionView
  signIn: SessionView
  signOut: void
  confirmPassword: void
  requestPasswordToken: Record<string, never>
  describePasswordToken: PasswordTokenView
  setPassword: { email: string }
  getAccount: AccountView
  changePassword: void
  listSessions: OwnSessionView[]
  endSession: void
  endSessions: void
  beginSecondFactor: SecondFactorSetup
  confirmSecondFactor: RecoveryCodes
  renewRecoveryCodes: RecoveryCodes
  removeSecondFactor: void
  resetSecondFactor: void
  listSettings: SettingsView[]
  saveSettings: SettingsView
  listEntities: EntitySummary[]
  getEntity: EntityView
  runAction: ActionResultView
  runRecordAction: ActionResultView
  listRecords: ListView<RecordView>
  searchEverywhere: SearchGroupView[]
  suggestValues: SuggestionsView
  listSavedViews: SavedViewView[]
  createSavedView: SavedViewView
  updateSavedView: SavedViewView
  deleteSavedView: void
  createRecord: RecordView
  getRecord: RecordPageView
  updateRecord: RecordView
  deleteRecord: void
  inactivateRecord: RecordView
  activateRecord: RecordView
  restoreRecord: RecordView
  correctRecord: RecordView
  getCorrection: CorrectionView
  previewCode: CodePreview
  lookUp: LookupView
  printRecord: PrintedRecordView
  getRecordHistory: ListView<HistoryEntry>
  getCatalog: CatalogView
  uploadFile: FileView
  describeFile: FileInfoView
  findByQr: QrHitView
  listCatalogs: CatalogSummary[]
  listCatalogRows: CatalogRowsView
  getCatalogUsage: CatalogUsageView
  createCatalogRow: CatalogRowView
  updateCatalogRow: CatalogRowView
  moveCatalogRow: void
  deleteCatalogRow: void
  listProcesses: ProcessSummary[]
  getProcess: ProcessView
  startProcess: StartAnswer
  getInstance: InstancePageView
  sendMessage: CompleteAnswer
  listTasks: ListView<TaskView>
  getTask: TaskPageView
  claimTask: TaskView
  releaseTask: TaskView
  pauseTask: TaskView
  migrateCases: MigrationView
  undoMigration: MigrationView
  getCalendar: CalendarView
  setCalendarDay: CalendarView
  resumeTask: TaskView
  completeTask: CompleteAnswer
  saveDraft: FormDraftView
  getFormDraft: FormDraftAnswer
  dropDraft: void
  listNotices: ListView<NoticeView>
  readNotices: void
  listSubstitutions: ListView<SubstitutionView>
  getSubstitutionChoices: SubstitutionChoicesView
  createSubstitution: SubstitutionView
  endSubstitution: SubstitutionView
  listPublicProcesses: PublicProcessSummary[]
  getPublicProcess: PublicProcessView
  startPublicProcess: { received: true }
  listPacks: PackSummary[]
  getPack: PackView
  getPackFile: PackFileView
  listVersions: PackVersionView[]
  getDraft: DraftView
  saveDraftFile: DraftView
  discardDraft: void
  checkDraft: FindingView[]
  publishDraft: PublishAnswer
  listIncidents: ListView<IncidentView>
  resolveIncident: IncidentView
}

export type AnswerOf<N extends RouteName> = N extends keyof Answers ? Answers[N] : unknown
