// The shop front's checkout view.
import { h } from 'preact'

export function checkout(props: { locale: string }) {
  return h('section', { class: 'checkout', lang: props.locale })
}
