import {type Names, requireBoolean, requireNumber, requireOneOf, requireOptions, requireText} from '../errors';
import type {Role} from './color';
import {type Paint, painter, type Theme} from './paint';
import {element, escapeText, tooltip} from './svg';
import {fitted, wrapped} from './text';

/** Options of every picture. */
export interface PlotOptions {
  /** In pixels, from 280 to 4,000. Default: 720. */
  width?: number;
  /** In pixels, from what the picture needs to 10,000. Default: what the picture needs. */
  height?: number;
  /** Stands above the picture, and is read out by screen readers. Default: what was counted. */
  title?: string;
  /** The lines below the title. Default: how to read the picture. '' leaves them out. */
  description?: string;
  /** 'light', 'dark', or 'auto': as the page or the system that shows it. Default: 'auto'. */
  theme?: Theme;
  /** Whether the picture has a ground of its own; else that of the page shows. Default: true. */
  background?: boolean;
}

export const PLOT_OPTIONS: Names<PlotOptions> = {
  width: true,
  height: true,
  title: true,
  description: true,
  theme: true,
  background: true,
};

const MARGIN = 20;

export interface TextOptions {
  role?: Role;
  size?: number;
  anchor?: 'start' | 'middle' | 'end';
  bold?: boolean;
  /** An outline of the colour of the ground, for text on lines. */
  halo?: boolean;
  /** What does not fit is cut, and the whole is a tooltip. */
  width?: number;
}

/** What a picture is drawn on. */
export interface Sheet {
  readonly width: number;
  /** As asked for. */
  readonly height: number | undefined;
  readonly left: number;
  readonly right: number;
  /** Below title and description. */
  readonly top: number;
  readonly paint: Paint;
  text(x: number, y: number, content: string, options?: TextOptions): string;
  /** The whole SVG. */
  finish(height: number, ...children: readonly string[]): string;
}

/** A sheet with its heading. `who` is the picture; `own` are the names of its other options. */
export function sheetFor(
  who: string,
  options: PlotOptions | undefined,
  own: object,
  defaults: {title: string; description: string},
): Sheet {
  requireOptions(options, {...PLOT_OPTIONS, ...own}, who);
  const width = requireNumber(options?.width ?? 720, 'width', who, [280, 4000], 720);
  const height = options?.height ?? undefined;
  if (height !== undefined) requireNumber(height, 'height', who, [120, 10_000], 480);
  const title = requireText(options?.title ?? defaults.title, 'title', who, 'Digits');
  const description = requireText(options?.description ?? defaults.description, 'description', who, 'By seed');
  const theme = requireOneOf(options?.theme ?? 'auto', 'theme', who, ['auto', 'light', 'dark']);
  const background = requireBoolean(options?.background ?? true, 'background', who);
  const {paint, style} = painter(theme);

  const text: Sheet['text'] = (
    x,
    y,
    content,
    {role = 'ink', size = 12, anchor, bold = false, halo, width: room} = {},
  ) => {
    const shown = fitted(content, room ?? Infinity, size, bold);
    const attributes = {
      x,
      y,
      ...(size !== 12 && {'font-size': size}),
      ...(anchor && anchor !== 'start' && {'text-anchor': anchor}),
      ...(bold && {'font-weight': 'bold'}),
      ...(halo && {'stroke-width': 4, 'stroke-linejoin': 'round', 'paint-order': 'stroke'}),
      ...paint({fill: role, ...(halo && {stroke: 'ground' as const})}),
    };
    const whole = shown === content.replace(/\s+/g, ' ') ? '' : tooltip(content);
    return element('text', attributes, escapeText(shown) + whole);
  };
  const titleLines = wrapped(title, width - 2 * MARGIN, 16, true);
  const lines = wrapped(description, width - 2 * MARGIN, 12);
  const heading = [
    ...titleLines.map((line, i) => text(MARGIN, 30 + 20 * i, line, {size: 16, bold: true})),
    ...lines.map((line, i) => text(MARGIN, 31 + 20 * titleLines.length + 16 * i, line, {role: 'quiet'})),
  ];
  return {
    width,
    height,
    left: MARGIN,
    right: width - MARGIN,
    top: 30 + 20 * titleLines.length + 16 * lines.length,
    paint,
    text,
    finish: (whole, ...children) => {
      const attributes = {
        xmlns: 'http://www.w3.org/2000/svg',
        class: 'pw-plot',
        viewBox: `0 0 ${width} ${Math.ceil(whole)}`,
        width,
        height: Math.ceil(whole),
        role: 'img',
        'aria-label': `${title}. ${description}`,
        'font-family': "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
        'font-size': 12,
      };
      const ground = {width, height: Math.ceil(whole), ...paint({fill: 'ground'})};
      const body = [style, background ? element('rect', ground) : '', ...heading, ...children];
      return element(
        'svg',
        attributes,
        element('title', {}, escapeText(title)),
        element('desc', {}, escapeText(description)),
        ...body,
      );
    },
  };
}
