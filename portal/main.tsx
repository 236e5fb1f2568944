import './design/tokens.css'
import './design/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.js'

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no place for the portal')
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
