import {onSetting, set, setting} from './settings';

/** Tabs as WAI-ARIA describes them: arrows move between them, one of them is in the tab order. */
export function startTabs(onShow: (tab: string) => void): void {
  const tabs = [...document.querySelectorAll<HTMLButtonElement>('[role="tab"]')];
  const nameOf = (tab: HTMLElement) => tab.id.replace('tab-', '');
  const show = () => {
    const name = tabs.some((tab) => nameOf(tab) === setting('tab')) ? setting('tab') : 'curve';
    document.body.dataset.tab = name;
    for (const tab of tabs) {
      const chosen = nameOf(tab) === name;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      document.querySelector<HTMLElement>(`#panel-${nameOf(tab)}`)!.hidden = !chosen;
    }
    onShow(name);
  };
  tabs.forEach((tab, i) => {
    tab.addEventListener('click', () => set('tab', nameOf(tab)));
    tab.addEventListener('keydown', ({key}) => {
      const step = {ArrowRight: 1, ArrowLeft: -1}[key];
      if (!step) return;
      const next = tabs[(i + step + tabs.length) % tabs.length];
      set('tab', nameOf(next));
      next.focus();
    });
  });
  onSetting((name) => {
    if (name === 'tab') show();
  });
  show();
}
