export { DEMO_PASSWORD, loadDemo } from './loadDemo.ts'
export { contextOf, runStory, type StoryOptions } from './runStory.ts'
export { StoryFailure } from './storyState.ts'
export { sampleDocx, samplePdf } from './sampleFiles.ts'
