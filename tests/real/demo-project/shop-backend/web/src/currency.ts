// The shop front's currency view.
import { h } from 'preact'

export function currency(props: { locale: string }) {
  return h('section', { class: 'currency', lang: props.locale })
}
