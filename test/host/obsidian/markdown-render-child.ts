import { Component } from "./component";

/**
 * What a post processor adds to a rendered part. Source: typing `MarkdownRenderChild`: it is unloaded when its element is no
 * longer part of what is rendered.
 */
export class MarkdownRenderChild extends Component {
  constructor(readonly containerEl: HTMLElement) {
    super();
  }
}
