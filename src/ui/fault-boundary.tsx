/** What is shown of a part of the window that cannot be drawn, so that the other parts stay: the project is in the store, which no view can lose. */
import { Component, type ReactNode } from "react";
import { Button } from "./button.tsx";

interface FaultBoundaryProps {
  /** What the part is called, in a sentence: "the canvas". */
  readonly part: string;
  readonly children: ReactNode;
}

interface FaultBoundaryState {
  readonly fault: string | undefined;
}

export class FaultBoundary extends Component<FaultBoundaryProps, FaultBoundaryState> {
  override state: FaultBoundaryState = { fault: undefined };

  static getDerivedStateFromError(error: unknown): FaultBoundaryState {
    return { fault: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { part, children } = this.props;
    const { fault } = this.state;
    if (fault === undefined) return children;
    return (
      <div role="alert" className="flex h-full flex-col items-start gap-2 overflow-auto p-3">
        <p className="font-medium text-bad">An error of the studio: {part} cannot be drawn.</p>
        <p className="text-ink-soft">The project is as it was, and stays saved. Please report this: {fault}</p>
        <Button onClick={() => this.setState({ fault: undefined })}>Draw it again</Button>
      </div>
    );
  }
}
