export function begin() {}
export function render() {}
export function enter() {}
