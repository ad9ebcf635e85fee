import { useParams } from 'react-router'
import { EditRecord } from '../kit/record/EditRecord.tsx'
import { NotFound } from './NotFound.tsx'

export function EditRecordPage() {
  const { entity, id } = useParams() as { entity: string; id: string }
  return <EditRecord entity={entity} id={id} notFound={<NotFound />} />
}
