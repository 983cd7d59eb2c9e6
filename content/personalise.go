package content

const maxStretches = 10
