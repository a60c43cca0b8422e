/* Brings a report page to life: live figures with tooltips, downloads, the theme switch, the copy button. */
(() => {
  const phone = matchMedia('(max-width: 640px)');
  const root = document.documentElement;

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function button(text, label, act) {
    const made = element('button', { type: 'button', textContent: text, title: label });
    made.setAttribute('aria-label', label);
    made.addEventListener('click', act);
    return made;
  }

  /* Theme: the system's, until the reader chooses. */
  function darkNow() {
    const chosen = root.dataset.theme;
    return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }

  function addThemeSwitch() {
    const masthead = document.querySelector('.masthead');
    const name = () => (darkNow() ? 'Light' : 'Dark');
    const made = button(name(), 'Switch between light and dark', () => {
      root.dataset.theme = darkNow() ? 'light' : 'dark';
      try {
        localStorage.setItem('hyperlaw-theme', root.dataset.theme);
      } catch {
        // A browser that stores nothing for local files still switches for as long as the page is open.
      }
      made.textContent = name();
    });
    masthead?.append(made);
  }

  /* Colour tokens as the colours of the theme now in use, for files that leave the page. */
  function inColour(spec) {
    const style = getComputedStyle(root);
    const text = JSON.stringify(spec).replace(/var\((--hl-[a-z0-9-]+)\)/g, (whole, name) => {
      return style.getPropertyValue(name).trim() || whole;
    });
    return JSON.parse(text);
  }

  function save(name, type, content) {
    const url = URL.createObjectURL(new Blob([content], { type }));
    const link = element('a', { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  function toCsv(fields, rows) {
    const quote = (value) => {
      const text = value === null || value === undefined ? '' : String(value);
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const names = Object.keys(fields);
    const lines = [
      names.map((name) => fields[name]),
      ...rows.map((row) => names.map((n) => row[n])),
    ];
    return `${lines.map((line) => line.map(quote).join(',')).join('\r\n')}\r\n`;
  }

  async function drawOffPage(spec, draw) {
    const view = new vega.View(vega.parse(vegaLite.compile(inColour(spec)).spec), {
      renderer: 'none',
    });
    try {
      return await draw(await view.runAsync());
    } finally {
      view.finalize();
    }
  }

  async function savePng(name, spec) {
    const canvas = await drawOffPage(spec, (view) => view.toCanvas(3));
    canvas.toBlob((blob) => blob && save(name, 'image/png', blob), 'image/png');
  }

  /* A table of a page as rows: what they share, and the rest of each. */
  const rowsOf = (table) =>
    table.flatMap(({ same, fields, values }) =>
      values.map((row) => Object.assign({ ...same }, ...fields.map((f, i) => ({ [f]: row[i] })))),
    );

  /* The specification of a size with the data that it names. */
  function completeSpec({ tables, ...specs }, size) {
    const text = JSON.stringify(specs[size]);
    const named = Object.keys(tables).filter(
      (name) => name === 'rows' || text.includes(`"name":"${name}"`),
    );
    const datasets = Object.fromEntries(named.map((name) => [name, rowsOf(tables[name])]));
    return { ...specs[size], datasets };
  }

  function addTools(figure, data, complete) {
    const { file, fields } = data;
    const tools = element('div', { className: 'tools' });
    tools.append(
      button('SVG', 'Download the figure as SVG', async () => {
        const svg = await drawOffPage(complete('wide'), (view) => view.toSVG());
        save(`${file}.svg`, 'image/svg+xml', svg);
      }),
      button('PNG', 'Download the figure as PNG', () => savePng(`${file}.png`, complete('wide'))),
      button('CSV', 'Download the data as CSV', () =>
        save(`${file}.csv`, 'text/csv', toCsv(fields, rowsOf(data.tables.rows))),
      ),
      button('Spec', 'Download the vega-lite specification as JSON', () => {
        const json = JSON.stringify(inColour(complete('wide')), null, 2);
        save(`${file}.vl.json`, 'application/json', json);
      }),
    );
    figure.append(tools);
  }

  /* A still picture becomes a live one when it is first needed at its size. */
  async function enliven(figure, complete) {
    const size = phone.matches ? 'narrow' : 'wide';
    const plot = figure.querySelector(`.plot-${size}`);
    if (!plot || plot.dataset.live) return;
    plot.dataset.live = 'drawing';
    const stage = document.createElement('div');
    try {
      await vegaEmbed(stage, complete(size), {
        actions: false,
        renderer: 'svg',
        defaultStyle: false,
        tooltip: { disableDefaultStyle: true },
      });
      plot.replaceChildren(stage);
      plot.dataset.live = 'drawn';
    } catch (error) {
      plot.dataset.live = 'failed';
      console.error(error);
    }
  }

  function addFigures() {
    const figures = [...document.querySelectorAll('figure')].flatMap((figure) => {
      const holder = figure.querySelector('.figure-data');
      if (!holder) return [];
      const data = JSON.parse(holder.textContent);
      const complete = (size) => completeSpec(data, size);
      addTools(figure, data, complete);
      return [{ figure, complete }];
    });
    const near = new Set();
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) near.add(target);
          else near.delete(target);
        }
        drawNear();
      },
      { rootMargin: '400px' },
    );
    let drawing = Promise.resolve();
    const drawNear = () => {
      for (const { figure, complete } of figures) {
        if (near.has(figure)) drawing = drawing.then(() => enliven(figure, complete));
      }
    };
    phone.addEventListener('change', drawNear);
    for (const { figure } of figures) watcher.observe(figure);
  }

  function addCopy() {
    for (const command of document.querySelectorAll('.command')) {
      const code = command.querySelector('code');
      const made = button('Copy', 'Copy the command', async () => {
        try {
          await navigator.clipboard.writeText(code.textContent);
          made.textContent = 'Copied';
        } catch {
          getSelection().selectAllChildren(code);
          made.textContent = 'Selected';
        }
        setTimeout(() => {
          made.textContent = 'Copy';
        }, 1600);
      });
      command.append(made);
    }
  }

  /* Marks in the contents the section that is being read: the last one begun above the middle of the screen. */
  function addPlaceInContents() {
    const links = [...document.querySelectorAll('.contents a')];
    if (links.length === 0) return;
    const sections = links.map((link) => document.getElementById(link.hash.slice(1)));
    let waiting = false;
    const mark = () => {
      waiting = false;
      const begun = sections.filter(
        (section) => section.getBoundingClientRect().top < innerHeight / 2,
      );
      links.forEach((link, i) => {
        if (begun.length === i + 1) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      });
    };
    const later = () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    };
    addEventListener('scroll', later, { passive: true });
    addEventListener('resize', later);
    mark();
  }

  /* Paper has no folds. */
  function unfoldForPrint() {
    let closed = [];
    addEventListener('beforeprint', () => {
      closed = [...document.querySelectorAll('details:not([open])')];
      for (const details of closed) details.open = true;
    });
    addEventListener('afterprint', () => {
      for (const details of closed) details.open = false;
    });
  }

  addThemeSwitch();
  addCopy();
  unfoldForPrint();
  addPlaceInContents();
  addFigures();
})();
