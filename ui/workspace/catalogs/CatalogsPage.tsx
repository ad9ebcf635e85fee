import { Skeleton, Stack, Text } from '@mantine/core'
import { IconChevronRight, IconListDetails } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCatalogs } from '../../client/administration/useCatalogs.ts'
import { PageTitle } from '../../kit/app/PageTitle.tsx'
import { paths } from '../../kit/app/paths.ts'
import { EmptyNote } from '../../kit/feedback/EmptyNote.tsx'
import { PageError } from '../../kit/feedback/PageError.tsx'
import boxedList from '../../kit/app/boxedList.module.css'
import classes from './catalogs.module.css'

/** The lists of values that this person keeps. */
export function CatalogsPage() {
  const { t } = useTranslation()
  const { data, error, refetch } = useCatalogs()
  if (error && !data) return <PageError error={error} onRetry={() => void refetch()} />
  return (
    <Stack gap="md" maw={760}>
      <PageTitle title={t('staff.catalogs.title')} count={data ? data.length : null} />
      <Text c="dimmed">{t('staff.catalogs.help')}</Text>
      {!data ? (
        <Skeleton height={240} aria-busy />
      ) : data.length === 0 ? (
        <EmptyNote title={t('staff.catalogs.none')} text={t('staff.catalogs.noneText')} />
      ) : (
        <ul className={boxedList.boxed}>
          {data.map((catalog) => (
            <li key={catalog.key}>
              <Link to={paths.catalog(catalog.key)} className={classes.catalog}>
                <IconListDetails aria-hidden size={20} stroke={1.5} />
                <span className={classes.name}>{catalog.title}</span>
                <Text span size="sm" c="dimmed">
                  {t('staff.catalogs.rows', { count: catalog.rows })}
                  {catalog.inactive > 0 && ` · ${t('staff.catalogs.inactive', { count: catalog.inactive })}`}
                </Text>
                <IconChevronRight aria-hidden size={16} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Stack>
  )
}
