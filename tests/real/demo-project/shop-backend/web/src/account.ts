// The shop front's account view.
import { h } from 'preact'

export function account(props: { locale: string }) {
  return h('section', { class: 'account', lang: props.locale })
}
