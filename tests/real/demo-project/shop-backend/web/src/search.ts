// The shop front's search view.
import { h } from 'preact'

export function search(props: { locale: string }) {
  return h('section', { class: 'search', lang: props.locale })
}
