import {colors, type Palette, type Role} from './color';
import type {Attributes} from './svg';

/** 'auto' follows the page or the system that shows the picture. */
export type Theme = 'auto' | 'light' | 'dark';

/** Attributes of an element with colours by their roles. */
export type Paint = (colored: {fill?: Role; stroke?: Role}) => Attributes;

/**
 * The light colours stand in attributes, which every viewer reads; for 'auto' a style sheet puts the dark ones over them, on
 * elements that have a class for the role.
 */
export function painter(theme: Theme): {paint: Paint; style: string} {
  const palette = theme === 'dark' ? colors.dark : colors.light;
  const paint: Paint = ({fill, stroke}) => {
    const classes = [fill && `pw-f-${fill}`, stroke && `pw-s-${stroke}`].filter(Boolean).join(' ');
    return {
      ...(fill && {fill: palette[fill]}),
      ...(stroke && {stroke: palette[stroke]}),
      ...(theme === 'auto' && {class: classes}),
    };
  };
  return {paint, style: theme === 'auto' ? darkStyle(colors.dark) : ''};
}

function darkStyle(palette: Palette): string {
  const rules = Object.entries(palette).map(
    ([role, color]) => `.pw-plot .pw-f-${role}{fill:${color}}.pw-plot .pw-s-${role}{stroke:${color}}`,
  );
  return `<style>@media (prefers-color-scheme:dark){${rules.join('')}}</style>`;
}
