import { Entrance } from '../kit/entrance/Entrance.tsx'
import { Shell } from './Shell.tsx'
import { SignInPage } from './SignInPage.tsx'

/** The staff app: its shell for who is signed in, else the way in. The address asked for waits behind the sign-in. */
export function Workspace() {
  return <Entrance signIn={<SignInPage />}>{(session) => <Shell session={session} />}</Entrance>
}
