import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './app.module.css'

/** Where the page stands; the last entry without an address is the page itself. */
export function Crumbs({ items }: { items: { title: string; to?: string }[] }) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('kit.location')}>
      <ol className={classes.crumbs}>
        {items.map((item) => (
          <li key={item.title}>
            {item.to ? <Link to={item.to}>{item.title}</Link> : <span aria-current="page">{item.title}</span>}
          </li>
        ))}
      </ol>
    </nav>
  )
}
